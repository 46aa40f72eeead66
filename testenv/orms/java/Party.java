import javax.persistence.*;

/** Somebody who takes part in a matter. */
@Entity
@Table(name = "parties")
public class Party {
    @Id @GeneratedValue(strategy = GenerationType.IDENTITY) @Column(columnDefinition = "serial") public Integer id;
    @ManyToOne(optional = false, fetch = FetchType.LAZY) @JoinColumn(name = "matter_id") public Matter matter;
    @Column(columnDefinition = "text") public String name;
    @Column(length = 254) public String email;
    @Column(nullable = false, length = 20) public String role;

    public Party() {}

    public Party(Matter matter, String name, String email, String role) {
        this.matter = matter;
        this.name = name;
        this.email = email;
        this.role = role;
    }

    @Override public String toString() { return "[" + id + ", " + name + ", " + email + ", " + role + "]"; }
}

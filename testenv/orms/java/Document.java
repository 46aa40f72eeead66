import javax.persistence.*;

/** A document of a matter. */
@Entity
@Table(name = "documents")
public class Document {
    @Id @GeneratedValue(strategy = GenerationType.IDENTITY) @Column(columnDefinition = "serial") public Integer id;
    @ManyToOne(optional = false, fetch = FetchType.LAZY) @JoinColumn(name = "matter_id") public Matter matter;
    @Column(nullable = false, columnDefinition = "text") public String path;
    @Column(nullable = false) public int pages;

    public Document() {}

    public Document(Matter matter, String path, int pages) {
        this.matter = matter;
        this.path = path;
        this.pages = pages;
    }

    @Override public String toString() { return "[" + id + ", " + path + ", " + pages + "]"; }
}

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import javax.persistence.*;

/** A legal matter, as an application would map it without knowing of pgseal. */
@Entity
@Table(name = "matters")
public class Matter {
    @Id @GeneratedValue(strategy = GenerationType.IDENTITY) @Column(columnDefinition = "serial") public Integer id;
    @Column(nullable = false, length = 20, unique = true) public String reference;
    @Column(nullable = false, length = 10) public String status;
    @Column(columnDefinition = "text") public String title;
    @Column(name = "client_email", length = 254, unique = true) public String clientEmail;
    @Column(precision = 14, scale = 2) public BigDecimal value;
    @Temporal(TemporalType.DATE) public Date opened;
    @Column(nullable = false) public boolean confidential;
    @Column(columnDefinition = "jsonb") public String notes;
    @Version public int version;
    @OneToMany(mappedBy = "matter", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("id") public List<Party> parties = new ArrayList<>();
    @OneToMany(mappedBy = "matter", cascade = CascadeType.ALL, orphanRemoval = true) @OrderBy("id") public List<Document> documents = new ArrayList<>();

    public Matter() {}

    public Matter(String reference, String status, String title, String email, String value, String opened, boolean confidential, String notes) {
        this.reference = reference;
        this.status = status;
        this.title = title;
        this.clientEmail = email;
        this.value = value == null ? null : new BigDecimal(value);
        this.opened = opened == null ? null : java.sql.Date.valueOf(opened);
        this.confidential = confidential;
        this.notes = notes;
    }

    @Override public String toString() {
        return "[" + id + ", " + reference + ", " + status + ", " + title + ", " + clientEmail + ", " + value + ", " + opened + ", " + confidential + ", " + notes + ", " + version + "]";
    }
}

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.*;
import java.util.function.Supplier;
import javax.persistence.*;

/**
 * A legal product's data layer in JPA, on whichever provider META-INF/persistence.xml names.
 *
 * <p>usage: JPA JDBC-URL USER PASSWORD schema|work. Steps and their report: see ../python/steps.py.
 */
public class JPA {
    static final String ANN = "ann@sealed.example";
    static EntityManagerFactory factory;
    static EntityManager em;

    interface Step { Object run() throws Exception; }

    static List<Matter> first() {
        return List.of(
            new Matter("M-1", "open", "privileged: Acme v. Bolt", ANN, "1250.50", "2024-02-29", true, "{\"k\": \"privileged: first\", \"n\": 1}"),
            new Matter("M-2", "open", "privileged: O'Hara \\ \"trust\" Ünï 株", "bob@sealed.example", "-3.00", "2025-01-01", false, "[\"privileged: list\", null, 1.5]"),
            new Matter("M-3", "closed", "", "eve@sealed.example", null, null, false, null));
    }

    /** A matter that is not among the first ones. */
    static Matter more(int n) {
        return new Matter("M-" + n, "new", "privileged: more " + n, "more" + n + "@sealed.example", n + ".00", String.format("2026-01-%02d", 1 + n % 28), n % 2 == 0, "{\"n\": " + n + "}");
    }

    static Matter more(int n, String email) {
        Matter m = more(n);
        m.clientEmail = email;
        return m;
    }

    static void tell(String... words) { System.out.println(String.join("\t", words)); }

    static String oneLine(Object o) { return String.valueOf(o).replaceAll("\\s+", " "); }

    static String sqlstate(Throwable e) {
        for (; e != null; e = e.getCause()) {
            if (e instanceof SQLException && ((SQLException) e).getSQLState() != null) return ((SQLException) e).getSQLState();
        }
        return "none";
    }

    static void step(String name, Step what) {
        reset();
        try {
            tell("step", name, "ok", oneLine(what.run()));
        } catch (Exception e) { // every error is a result
            String code = sqlstate(e);
            tell("step", name, "error", code, e.getClass().getSimpleName() + (code.equals("none") ? "\t" + oneLine(e.getMessage()) : ""));
        }
    }

    static <T> T inTransaction(Supplier<T> work) {
        em.getTransaction().begin();
        try {
            T result = work.get();
            em.getTransaction().commit();
            return result;
        } catch (RuntimeException e) {
            if (em.getTransaction().isActive()) em.getTransaction().rollback();
            throw e;
        }
    }

    static void reset() {
        if (em.getTransaction().isActive()) em.getTransaction().rollback();
        em.clear();
        inTransaction(() -> {
            em.createNativeQuery("truncate matters, parties, documents restart identity cascade").executeUpdate();
            List<Matter> m = first();
            for (Matter each : m) { // EclipseLink writes new rows in an order of its own
                em.persist(each);
                em.flush();
            }
            for (Party p : List.of(new Party(m.get(0), "privileged: Ann Acme", ANN, "client"), new Party(m.get(0), "privileged: Zoe Bolt", "zoe@sealed.example", "opponent"),
                new Party(m.get(1), "privileged: Bob O'Hara", "bob@sealed.example", "client"))) {
                em.persist(p);
                em.flush();
            }
            for (Document d : List.of(new Document(m.get(0), "a.pdf", 3), new Document(m.get(0), "b.pdf", 10), new Document(m.get(1), "c.pdf", 7))) {
                em.persist(d);
                em.flush();
            }
            return null;
        });
        em.clear();
    }

    static Object matters() {
        em.clear();
        return em.createQuery("select m from Matter m order by m.id", Matter.class).getResultList();
    }

    static Object list(String jpql, Object... parameters) { return query(jpql, parameters).getResultList(); }

    static Query query(String jpql, Object... parameters) {
        Query q = em.createQuery(jpql);
        for (int i = 0; i < parameters.length; i++) q.setParameter(i + 1, parameters[i]);
        return q;
    }

    static Object rows(String jpql, Object... parameters) {
        List<String> lines = new ArrayList<>();
        for (Object row : query(jpql, parameters).getResultList()) lines.add(row instanceof Object[] ? Arrays.toString((Object[]) row) : String.valueOf(row));
        return lines;
    }

    static Object sorted(Object lines) {
        List<String> l = new ArrayList<>();
        for (Object o : (List<?>) lines) l.add(String.valueOf(o));
        Collections.sort(l);
        return l;
    }

    /** A change of the entity with a primary key, and all of them after it. */
    static Object change(int id, java.util.function.Consumer<Matter> how) {
        inTransaction(() -> { how.accept(em.find(Matter.class, id)); return null; });
        return matters();
    }

    static Object bulk(String jpql, Object... parameters) {
        int n = inTransaction(() -> query(jpql, parameters).executeUpdate());
        return n + " " + matters();
    }

    public static void main(String[] args) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("javax.persistence.jdbc.url", args[0], "javax.persistence.jdbc.user", args[1], "javax.persistence.jdbc.password", args[2]));
        if (args[3].equals("schema")) {
            settings.put("eclipselink.ddl-generation", "create-tables");
            settings.put("hibernate.hbm2ddl.auto", "update");
        }
        factory = Persistence.createEntityManagerFactory("legal", settings);
        em = factory.createEntityManager();
        if (args[3].equals("schema")) {
            em.getTransaction().begin();
            em.getTransaction().commit();
        } else {
            tell("version", args[4] + " " + org.eclipse.persistence.Version.getVersion() + ", JDBC driver " + org.postgresql.util.DriverInfo.DRIVER_VERSION);
            writes();
            finds();
            transactions();
            refused();
            reset();
        }
        em.close();
        factory.close();
    }

    static void writes() {
        step("create", () -> { Matter m = more(10); inTransaction(() -> { em.persist(m); return null; }); em.clear(); return em.find(Matter.class, m.id); });
        step("create with nulls", () -> { inTransaction(() -> { em.persist(new Matter("M-11", "new", null, null, null, null, false, null)); return null; }); return matters(); });
        step("read by id", () -> List.of(em.find(Matter.class, 1), em.find(Matter.class, 2), em.find(Matter.class, 3)));
        step("update", () -> change(1, m -> { m.title = "privileged: renamed"; m.value = new BigDecimal("99.90"); m.notes = "{\"privileged: key\": [1]}"; m.confidential = false; }));
        step("update to null", () -> change(1, m -> { m.title = null; m.value = null; m.notes = null; m.opened = null; }));
        step("delete", () -> { inTransaction(() -> { em.remove(em.find(Matter.class, 1)); return null; }); return matters(); });
        step("delete where", () -> { inTransaction(() -> query("delete from Party p where p.email = ?1", "zoe@sealed.example").executeUpdate()); return list("select p from Party p order by p.id"); });
        step("relations lazy", () -> { Matter m = em.find(Matter.class, 1); return m.parties + " " + m.documents; });
        step("relations create", () -> {
            Matter m = more(10);
            m.parties.add(new Party(m, "privileged: new", "new@sealed.example", "client"));
            m.documents.add(new Document(m, "n.pdf", 1));
            inTransaction(() -> { em.persist(m); return null; });
            return m.parties + " " + m.documents;
        });
        step("bulk insert", () -> {
            inTransaction(() -> { for (int n = 10; n < 40; n++) em.persist(more(n)); return null; });
            return rows("select m.reference, m.title, m.value, m.opened, m.confidential, m.notes from Matter m order by m.reference");
        });
        step("bulk update", () -> {
            inTransaction(() -> {
                for (Matter m : em.createQuery("select m from Matter m order by m.id", Matter.class).getResultList()) m.title = "privileged: bulk " + m.id;
                return null;
            });
            return matters();
        });
        step("update where", () -> bulk("update Matter m set m.title = ?1, m.confidential = true where m.status = 'open'", "privileged: all"));
        step("update computed", () -> bulk("update Matter m set m.value = m.value + 1 where m.id = 1"));
        step("update case", () -> bulk("update Matter m set m.title = case when m.id = 1 then ?1 else m.title end", "privileged: one"));
        step("merge", () -> {
            Matter detached = em.find(Matter.class, 1);
            em.clear();
            detached.title = "privileged: merged";
            inTransaction(() -> em.merge(detached));
            return matters();
        });
        step("refresh", () -> { Matter m = em.find(Matter.class, 1); m.title = "privileged: not saved"; em.refresh(m); return m; });
    }

    static void finds() {
        String by = "select m from Matter m where ";
        step("eager join", () -> {
            List<String> lines = new ArrayList<>();
            for (Matter m : em.createQuery("select distinct m from Matter m left join fetch m.parties order by m.id", Matter.class).getResultList()) lines.add(m.title + m.parties);
            return lines;
        });
        step("find by email", () -> list(by + "m.clientEmail = ?1", ANN));
        step("find by emails", () -> list(by + "m.clientEmail in ?1 order by m.id", List.of(ANN, "eve@sealed.example", "no@sealed.example")));
        step("find not email", () -> list(by + "m.clientEmail <> ?1 order by m.id", ANN));
        step("find or", () -> list(by + "m.clientEmail = ?1 or m.status = 'closed' order by m.id", ANN));
        step("find if given", () -> list(by + "(?1 is null or m.clientEmail = ?1) order by m.id", "nobody@plain.example"));
        step("find by date", () -> list(by + "m.opened = ?1", java.sql.Date.valueOf("2024-02-29")));
        step("find by boolean", () -> list(by + "m.confidential = true"));
        step("find null", () -> list(by + "m.value is null and m.title is not null"));
        step("page by offset", () -> em.createQuery("select m from Matter m order by m.reference desc").setFirstResult(1).setMaxResults(2).getResultList());
        step("page by id", () -> em.createQuery("select m from Matter m where m.id > 1 order by m.id").setMaxResults(2).getResultList());
        step("count", () -> rows("select count(m), count(m.value) from Matter m"));
        step("count distinct", () -> rows("select count(distinct p.email) from Party p"));
        step("exists", () -> rows("select m.id from Matter m where exists (select p from Party p where p.matter = m and p.email = m.clientEmail) order by m.id"));
        step("group by sealed", () -> sorted(rows("select p.email, count(p) from Party p group by p.email")));
        step("group by plain", () -> rows("select m.status, sum(d.pages) from Matter m join m.documents d group by m.status order by m.status"));
        step("join on sealed", () -> rows("select m.title, p.name from Matter m, Party p where p.email = m.clientEmail order by m.id"));
        step("join filter", () -> rows("select m.title, p.name from Matter m join m.parties p where p.email = ?1", "zoe@sealed.example"));
        step("subquery in", () -> rows("select m.id from Matter m where m.id in (select p.matter.id from Party p where p.role = 'client') order by m.id"));
        step("subquery in sealed", () -> rows("select m.id from Matter m where m.clientEmail in (select p.email from Party p) order by m.id"));
        step("coalesce", () -> rows("select m.id, coalesce(m.title, '') from Matter m order by m.id"));
        step("criteria", () -> {
            var b = em.getCriteriaBuilder();
            var q = b.createQuery(Matter.class);
            var m = q.from(Matter.class);
            q.where(b.and(b.equal(m.get("clientEmail"), ANN), b.isNotNull(m.get("title"))));
            return em.createQuery(q).getResultList();
        });
        step("lock rows", () -> inTransaction(() -> em.createQuery(by + "m.clientEmail = ?1", Matter.class).setParameter(1, ANN).setLockMode(LockModeType.PESSIMISTIC_WRITE).getResultList().toString()));
        step("raw sql", () -> em.createNativeQuery("select * from matters where client_email = ?1", Matter.class).setParameter(1, "bob@sealed.example").getResultList());
    }

    static void transactions() {
        step("rollback", () -> {
            em.getTransaction().begin();
            em.persist(more(10));
            em.find(Matter.class, 1).title = "privileged: never";
            em.flush();
            em.getTransaction().rollback();
            return matters();
        });
        step("unique violation", () -> inTransaction(() -> { em.persist(more(10, "bob@sealed.example")); em.flush(); return null; }));
        step("value out of range", () -> change(1, m -> m.value = new BigDecimal("10000000000000")));
        step("optimistic lock", () -> {
            EntityManager other = factory.createEntityManager();
            Matter stale = other.find(Matter.class, 1);
            change(1, m -> m.title = "privileged: won");
            String lost = "saved";
            try {
                other.getTransaction().begin();
                stale.title = "privileged: lost";
                other.getTransaction().commit();
            } catch (RollbackException e) {
                lost = String.valueOf(e.getCause() instanceof OptimisticLockException);
            } finally {
                other.close();
            }
            return lost + " " + matters();
        });
    }

    static void refused() {
        String by = "select m from Matter m where ";
        step("order by sealed", () -> list("select m from Matter m order by m.title"));
        step("like sealed", () -> list(by + "m.title like 'privileged: A%'"));
        step("case blind email", () -> list(by + "lower(m.clientEmail) = ?1", ANN));
        step("equals randomized", () -> list(by + "m.title = ?1", "privileged: Acme v. Bolt"));
        step("range sealed", () -> list(by + "m.value > ?1 order by m.id", new BigDecimal(100)));
        step("sum sealed", () -> rows("select sum(m.value) from Matter m"));
        step("max sealed", () -> rows("select max(m.opened) from Matter m"));
        step("distinct randomized", () -> sorted(rows("select distinct m.title from Matter m")));
        step("after refusal", () -> {
            change(1, m -> m.status = "kept");
            em.getTransaction().begin();
            try {
                list("select m from Matter m order by m.title");
            } catch (PersistenceException e) {
                // the transaction is over, the connection is not
            }
            em.getTransaction().rollback();
            return matters();
        });
    }
}

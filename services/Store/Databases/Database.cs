using System.Data.Common;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Databases;

/// <summary>A database that keeps what the suite must not lose: how it is opened and read, and what its errors mean. Thread-safe.</summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>After this silence a process counts as ended: what it held is taken over.</summary>
    public static readonly TimeSpan ProcessEndsAfter = TimeSpan.FromSeconds(5);

    /// <summary>Which one, in words for an operator.</summary>
    public abstract string Place { get; }

    /// <summary>
    /// What follows a <c>select</c> whose rows must not change until the transaction ends; empty where there is one writer only.
    /// </summary>
    public abstract string ForShare { get; }

    /// <summary>The dialect's word in the migrations' lines that only one of the two engines reads.</summary>
    public abstract string Dialect { get; }

    /// <summary>Whether it has a clock of its own: a server does, a file does not.</summary>
    public virtual bool HasClock => false;

    /// <summary>
    /// The SQL of this moment in ticks of UTC: by the database's own clock where it has one, else what the parameter says.
    /// </summary>
    public virtual string Now(string parameter) => parameter;

    /// <summary>
    /// The SQL of whether the process of a row <c>p</c> has shown itself. Where one process at a time has the database, every row that is
    /// left is its own.
    /// </summary>
    public virtual string IsAlive => "p.id <> ''";

    /// <summary>
    /// The same as a process sees it: it judges by another's silence only where it has shown itself all that time, so that after an outage
    /// of the database nobody takes over what others hold who were cut off like himself.
    /// </summary>
    /// <param name="observer">The process's id.</param>
    public virtual string IsAliveTo(string observer) => IsAlive;

    /// <summary>
    /// Why nothing more is to be written for now, in words for an operator; <see langword="null"/> where nothing speaks against it.
    /// </summary>
    public virtual string? Refusal => null;

    /// <summary>Looks whether the database can be used at all, before the first session.</summary>
    /// <exception cref="StoreStartException">It cannot; the message is one line for an operator.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is something to open; what only a connection can tell counts as there.</summary>
    public virtual bool Exists() => true;

    /// <summary>Opens the session that writes.</summary>
    public abstract DatabaseSession Open();

    /// <summary>Reads rows outside of the writing session, as committed.</summary>
    public abstract Task<List<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken);

    /// <summary>Says whose fault an exception is.</summary>
    public abstract StoreFault Classify(Exception exception);

    /// <summary>Says what is wrong and what to do, in words for an operator.</summary>
    public abstract string Explain(Exception exception);

    /// <summary>Whether what hinders a start may pass by itself, so that it is worth to wait; a file has no such faults.</summary>
    public virtual bool MayPass(Exception exception) => false;

    /// <summary>Keeps house between commits, on the committer's thread; called at most once a second and after each group.</summary>
    /// <param name="session">The writing session, outside of a transaction.</param>
    public virtual void Tend(DatabaseSession session) { }

    /// <summary>
    /// Why the database that is open is not the one that its name leads to any longer; <see langword="null"/> while it is.
    /// </summary>
    /// <exception cref="IOException">Another one is in its place: the session is to be opened again.</exception>
    public virtual string? Lost(DatabaseSession session) => null;

    /// <summary>Whether <see cref="Open"/> makes a database that is missing. Otherwise that is a fault.</summary>
    public bool MayCreate { get; set; } = true;

    /// <summary>Which server answers, and how often one has taken another's place; empty where there is none, or it does not say.</summary>
    public virtual string Server(DatabaseSession session) => "";

    /// <summary>
    /// A number that changes when somebody else than this session has written; <see langword="null"/> where none says so.
    /// </summary>
    public virtual long? Version(DatabaseSession session) => null;

    /// <summary>The last position of each journal, 0 where it has none.</summary>
    public virtual IReadOnlyList<long> JournalEnds(DatabaseSession session, string[] journals) =>
        [
            .. journals.Select(journal =>
                session.Query(new("select coalesce(max(position), 0) from journal where journal = " + "$1", journal), row =>
                    row.GetInt64(0)
                )[0]
            ),
        ];

    /// <summary>Leaves the database as whole as it can be, before the session that writes is closed for good.</summary>
    public virtual void Settle(DatabaseSession session) { }

    /// <summary>The bytes that the database takes; <see langword="null"/> where it is not known.</summary>
    public abstract long? UsedBytes();

    /// <summary>The bytes of the write-ahead log; <see langword="null"/> where the database sees to it itself.</summary>
    public virtual long? LogBytes => null;

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();
}

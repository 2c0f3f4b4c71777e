using System.Data.Common;
using EarlyWarning.Store.Continuity;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Signals;

namespace EarlyWarning.Store.Committing;

/// <summary>The suite's durable tables: units of change are committed, rows are read as committed. Thread-safe.</summary>
public interface IStore
{
    /// <summary>Which store this is.</summary>
    StoreIdentity Identity { get; }

    /// <summary>Says to those who wait that something new was committed.</summary>
    ISignals Signals { get; }

    /// <summary>Commits a unit whole. When this returns, it is on the disk.</summary>
    /// <exception cref="StoreUnavailableException">It was not committed, or that is not known; the message says which.</exception>
    /// <exception cref="StoreConflictException">It breaks a rule of the tables, and nothing of it happened.</exception>
    Task CommitAsync(Unit unit, CancellationToken cancellationToken);

    /// <summary>Reads rows as committed. A read that may be long goes page by page, by key: one that takes 2 s is ended.</summary>
    /// <param name="statement">The query.</param>
    /// <param name="map">Makes a result of the current row; called on any thread.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<IReadOnlyList<T>> ReadAsync<T>(Statement statement, Func<DbDataReader, T> map, CancellationToken cancellationToken);
}

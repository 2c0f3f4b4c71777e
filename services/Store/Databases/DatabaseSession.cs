using System.Data.Common;

namespace EarlyWarning.Store.Databases;

/// <summary>
/// One connection that one thread works with. Not thread-safe. After a <see cref="StoreFault.Session"/> it is to be disposed.
/// </summary>
internal abstract class DatabaseSession : IDisposable
{
    /// <summary>Runs one statement.</summary>
    /// <returns>How many rows it changed.</returns>
    public abstract int Execute(Statement statement);

    /// <summary>Runs statements in order; stops at the first that fails.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="changed">Is filled with how many rows each changed.</param>
    /// <exception cref="StatementException">One failed; it says which.</exception>
    public abstract void Execute(IReadOnlyList<Statement> statements, List<int> changed);

    /// <summary>Reads rows.</summary>
    public abstract List<T> Query<T>(Statement statement, Func<DbDataReader, T> map);

    /// <summary>Begins a transaction that writes.</summary>
    public abstract void Begin();

    /// <summary>Commits. When this returns, what was written is on the disk.</summary>
    public void Commit() => Execute(new("commit"));

    /// <summary>Rolls back where a transaction is open; never throws.</summary>
    public abstract void Rollback();

    /// <inheritdoc />
    public abstract void Dispose();
}

/// <summary>A statement of many failed.</summary>
/// <param name="index">Its index.</param>
/// <param name="inner">What the driver said.</param>
internal sealed class StatementException(int index, Exception inner) : Exception(inner.Message, inner)
{
    /// <summary>The index of the statement that failed.</summary>
    public int Index => index;
}

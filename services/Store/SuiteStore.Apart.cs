using EarlyWarning.Store.Committing;

namespace EarlyWarning.Store;

/// <content>What the processes of one suite write for each other.</content>
public sealed partial class SuiteStore
{
    /// <summary>
    /// Commits a unit that is none of the suite's data, but by which its processes find each other: also where the store is quiet or was refused, so
    /// that they can be called and told to take it over. The unit itself sees to it that it changes nothing of a store that is another one by now.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It was not committed, or that is not known; the message says which.</exception>
    public async Task CommitApartAsync(Unit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unit);
        Exception? refused = null;
        try
        {
            await Committer.RunAsync(session =>
            {
                session.Begin();
                var changed = unit.Statements.Select(session.Execute).ToList();
                refused = unit.Demands.FirstOrDefault(demand => changed[demand.Index] != 1).Refused?.Invoke();
                if (refused is null)
                {
                    session.Commit();
                }
                else
                {
                    session.Rollback();
                }
            }).WaitAsync(_options.OperationTimeout, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException($"{Database.Place} did not answer within {_options.OperationTimeout.TotalSeconds:0} s.", exception);
        }

        if (refused is not null)
        {
            throw refused;
        }
    }
}

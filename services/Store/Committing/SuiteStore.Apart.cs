using System.Collections.Concurrent;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Signals;

namespace EarlyWarning.Store.Committing;

/// <content>What the processes of one suite write for each other.</content>
public sealed partial class SuiteStore
{
    /// <summary>This process's id: random, new with each start.</summary>
    public string Process { get; } = Guid.NewGuid().ToString("N");

    /// <summary>
    /// Completes, with the reason in words for an operator, when other processes of the suite have gone on without this one, which is to
    /// end and to be started anew. A store that is only refused does not complete it.
    /// </summary>
    public Task<string> Ended => Guard.Ended;

    /// <summary>What stands for the content of the files that this process goes by.</summary>
    internal ConcurrentDictionary<string, string> Files { get; } = new(StringComparer.Ordinal);

    /// <inheritdoc cref="Database.IsAliveTo"/>
    internal string IsAlive => Database.IsAliveTo(Process);

    /// <summary>Lets this process look again at what is owed.</summary>
    internal void Wake() => _signals.Ring(SignalNames.Owed);

    /// <summary>
    /// Gives the SQL of this moment in ticks of UTC: by the database's own clock where it has one, else what the parameter says.
    /// </summary>
    public string Now(string parameter) => Database.Now(parameter);

    /// <summary>
    /// Commits a unit that is none of the suite's data, but by which its processes find each other: also where the store is quiet or was
    /// refused, so that they can be called and told to take it over. The unit itself sees to it that it changes nothing of a store that is
    /// another one by now.
    /// </summary>
    /// <exception cref="StoreUnavailableException">It was not committed, or that is not known; the message says which.</exception>
    public async Task CommitApartAsync(Unit unit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(unit);
        Exception? refused = null;
        try
        {
            await Committer
                .RunAsync(session =>
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
                })
                .WaitAsync(_options.OperationTimeout, _time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new StoreUnavailableException(
                $"{Database.Place} did not answer within {_options.OperationTimeout.TotalSeconds:0} s.",
                exception
            );
        }

        if (refused is not null)
        {
            throw refused;
        }
    }

    private string FilesText() =>
        string.Join('\n', Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key} {file.Value}"));
}

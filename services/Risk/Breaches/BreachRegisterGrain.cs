using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Contracts.Registers;
using EarlyWarning.ServiceDefaults.Times;
using EarlyWarning.Store.Committing;
using EarlyWarning.Store.Databases;
using EarlyWarning.Store.Sequences;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Breaches;

/// <summary>Reads breaches from their rows. Keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
internal sealed class BreachRegisterGrain(IStore store, [FromKeyedServices(BreachRows.Changes)] ChangeSequence sequence)
    : Grain,
        IBreachRegisterGrain
{
    /// <inheritdoc />
    public async Task<V1.Breach?> GetAsync(string name) =>
        await BreachesAsync(new("select breach from risk_breach where name = $1", name)) is [var breach] ? breach : null;

    /// <inheritdoc />
    public async Task<Register<V1.Breach>> ListAsync(V1.ListBreachesRequest filter, RegisterKey? after, int take)
    {
        var position = await sequence.HeadAsync(CancellationToken.None);
        if (take == 0)
        {
            return new([], position, 0);
        }

        var total = (await store.ReadAsync(Counted(filter), row => row.GetInt64(0), CancellationToken.None))[0];
        return new(await BreachesAsync(Page(filter, after, take)), position, total);
    }

    /// <inheritdoc />
    public async Task<RegisterChanges<V1.Breach>> ChangesAfterAsync(long position, int take)
    {
        var changes = await sequence.AfterAsync(
            position,
            take,
            BreachRows.AsItWas,
            row => V1.Breach.Parser.ParseFrom((byte[])row.GetValue(1)),
            CancellationToken.None
        );
        return changes is null
            ? new([], position, true)
            : new(
                [.. changes.Select(change => new RegisterChange<V1.Breach>(change.Position, change.Change))],
                changes.Count > 0 ? changes[^1].Position : position,
                false
            );
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<V1.Breach>> MovedByAsync(string observationId) =>
        await BreachesAsync(
            new(
                "select b.breach from risk_breach_cause c join risk_breach b on b.name = c.breach where c.observation = $1 order by "
                    + "b.fired, b.name",
                observationId
            )
        );

    /// <summary>Counts all that a filter keeps.</summary>
    internal static Statement Counted(V1.ListBreachesRequest filter) => Kept(filter).Select("select count(*) from risk_breach");

    /// <summary>Reads those after a place, at most so many.</summary>
    internal static Statement Page(V1.ListBreachesRequest filter, RegisterKey? after, int take) =>
        (
            after is null
                ? Kept(filter)
                : Kept(filter).And("(fired < {0} or fired = {1} and name > {2})", after.Time, after.Time, after.Name)
        ).Select("select breach from risk_breach", "order by fired desc, name", take);

    private static QueryConditions Kept(V1.ListBreachesRequest filter) =>
        new QueryConditions()
            .AndIn("country", filter.Countries)
            .AndIf(filter.Threshold.Length > 0, "threshold = {0}", filter.Threshold)
            .AndIf(filter.Framework.Length > 0, "framework = {0}", filter.Framework)
            .AndIf(filter.State != V1.Breach.Types.State.Unspecified, "state = {0}", (long)filter.State)
            .AndIf(filter.MinSeverity != V1.Severity.Unspecified, "severity >= {0}", (long)filter.MinSeverity)
            .AndIf(filter.FiredFrom is not null, "fired >= {0}", filter.FiredFrom.UtcTicks())
            .AndIf(filter.FiredBefore is not null, "fired < {0}", filter.FiredBefore.UtcTicks());

    private Task<IReadOnlyList<V1.Breach>> BreachesAsync(Statement statement) =>
        store.ReadAsync(statement, row => V1.Breach.Parser.ParseFrom((byte[])row.GetValue(0)), CancellationToken.None);
}

using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Store;
using EarlyWarning.Store.Databases;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Breaches;

/// <summary>Reads breaches from their rows. Keeps nothing.</summary>
[Reentrant]
[StatelessWorker]
internal sealed class BreachRegisterGrain(IStore store, BreachSignal signal, IHostApplicationLifetime lifetime, TimeProvider time)
    : Grain, IBreachRegisterGrain
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Another process that shares the store tells nobody here of a change.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<V1.Breach?> GetAsync(string name) =>
        await BreachesAsync(new("select breach from risk_breach where name = $1", name)) is [var breach] ? breach : null;

    /// <inheritdoc />
    public async Task<Register<V1.Breach>> ListAsync(V1.ListBreachesRequest filter, int skip, int take)
    {
        var position = await HeadAsync();
        if (take == 0)
        {
            return new([], position);
        }

        List<string> conditions = [];
        List<object?> values = [];
        Where("country", filter.Country.Length > 0, filter.Country);
        Where("threshold", filter.Threshold.Length > 0, filter.Threshold);
        Where("state", filter.State != V1.Breach.Types.State.Unspecified, (long)filter.State);
        var where = conditions.Count == 0 ? "" : $"where {string.Join(" and ", conditions)}";
        values.AddRange([(long)take, (long)skip]);
        return new(
            await BreachesAsync(new(
                $"select breach from risk_breach {where} order by fired desc, name limit ${values.Count - 1} offset ${values.Count}", [.. values])),
            position);

        void Where(string column, bool wanted, object value)
        {
            if (wanted)
            {
                values.Add(value);
                conditions.Add($"{column} = ${values.Count}");
            }
        }
    }

    /// <inheritdoc />
    public async Task<RegisterChanges<V1.Breach>> ChangesAfterAsync(long position, int take)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var next = signal.Next;
            var changes = await store.ReadAsync(
                new("select seq, breach from risk_breach_change where seq > $1 order by seq limit $2", position, (long)take),
                row => new RegisterChange<V1.Breach>(row.GetInt64(0), V1.Breach.Parser.ParseFrom((byte[])row.GetValue(1))),
                CancellationToken.None);
            if (changes.Count > 0)
            {
                return await OldestAsync() > position + 1
                    ? new([], await HeadAsync(), true)
                    : new([.. changes], changes[^1].Position, false);
            }

            if (lifetime.ApplicationStopping.IsCancellationRequested || time.GetElapsedTime(started) >= s_patience)
            {
                return new([], Math.Max(position, 0), false);
            }

            // A silo that stops waits for its calls.
            await next.WaitAsync(s_look, time, lifetime.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<V1.Breach>> MovedByAsync(string observationId) => await BreachesAsync(new(
        "select b.breach from risk_breach_cause c join risk_breach b on b.name = c.breach where c.observation = $1 order by b.fired, b.name", observationId));

    private Task<long> HeadAsync() => OneAsync("select coalesce(max(seq), 0) from risk_breach_change");

    private Task<long> OldestAsync() => OneAsync("select coalesce(min(seq), 0) from risk_breach_change");

    private async Task<long> OneAsync(string sql) => (await store.ReadAsync(new(sql), row => row.GetInt64(0), CancellationToken.None))[0];

    private Task<IReadOnlyList<V1.Breach>> BreachesAsync(Statement statement) =>
        store.ReadAsync(statement, row => V1.Breach.Parser.ParseFrom((byte[])row.GetValue(0)), CancellationToken.None);
}

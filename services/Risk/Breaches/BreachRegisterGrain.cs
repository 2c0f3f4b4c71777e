using EarlyWarning.Contracts.Breaches;
using EarlyWarning.Risk.Journal;
using EarlyWarning.Store.Journals;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Orleans.Concurrency;

namespace EarlyWarning.Risk.Breaches;

/// <summary>
/// All breaches, in the order of their changes. Keeps them in memory, folded from the journal <c>breaches</c>; readers wait here for the next
/// change. One append at a time, and a repeated one is passed over.
/// </summary>
[Reentrant]
internal sealed class BreachRegisterGrain(IJournals journals, IHostApplicationLifetime lifetime, TimeProvider time) : Grain, IBreachRegisterGrain, IDisposable
{
    private const string Journal = "breaches";
    private const int SnapshotEvery = 500;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Journaled<BreachRegister>? _journaled;

    /// <inheritdoc />
    public async Task RecordAsync(V1.Breach breach)
    {
        await _gate.WaitAsync();
        try
        {
            var journaled = await OpenAsync();
            if (journaled.State.Find(breach.Name) is { } held && held.Sequence >= breach.Sequence)
            {
                return;
            }

            try
            {
                await journaled.CommitAsync(new RegisterEntry { Format = RegisterFold.Format, Breach = breach.ToByteString() }.ToByteArray(), CancellationToken.None);
            }
            catch
            {
                // The append may have happened: the next call opens the journal again and sees.
                _journaled = null;
                throw;
            }

            _changed.TrySetResult();
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc />
    public async Task<V1.Breach?> GetAsync(string name) => (await StateAsync()).Find(name);

    /// <inheritdoc />
    public async Task<Register<V1.Breach>> ListAsync(V1.ListBreachesRequest filter, int skip, int take)
    {
        var state = await StateAsync();
        return new([.. state.NewestFirst
            .Where(breach => (filter.Country.Length == 0 || breach.Country == filter.Country)
                && (filter.Threshold.Length == 0 || breach.Threshold.Name == filter.Threshold)
                && (filter.State == V1.Breach.Types.State.Unspecified || breach.State == filter.State))
            .Skip(skip).Take(take)], state.Position);
    }

    /// <inheritdoc />
    public async Task<RegisterChanges<V1.Breach>> ChangesAfterAsync(long position, int take)
    {
        var state = await StateAsync();
        if (position >= state.Position)
        {
            if (_changed.Task.IsCompleted)
            {
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            // A silo that stops waits for its calls.
            await _changed.Task.WaitAsync(s_patience, time, lifetime.ApplicationStopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            state = await StateAsync();
        }

        if (!state.Reaches(position))
        {
            return new([], state.Position, true);
        }

        List<RegisterChange<V1.Breach>> changes = [.. state.After(position).Take(take).Select(change => new RegisterChange<V1.Breach>(change.Position, change.Breach))];
        return new(changes, changes.Count > 0 ? changes[^1].Position : Math.Max(position, 0), false);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<V1.Breach>> MovedByAsync(string observationId) => [.. (await StateAsync()).MovedBy(observationId)];

    /// <inheritdoc />
    public void Dispose() => _gate.Dispose();

    private async Task<BreachRegister> StateAsync()
    {
        if (_journaled is { } open)
        {
            return open.State;
        }

        await _gate.WaitAsync();
        try
        {
            return (await OpenAsync()).State;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<Journaled<BreachRegister>> OpenAsync()
        => _journaled ??= await Journaled<BreachRegister>.OpenAsync(journals, Journal, new RegisterFold(), SnapshotEvery, CancellationToken.None);
}

using EarlyWarning.Scoring.Computing;

namespace EarlyWarning.Scoring.Operations;

/// <summary>An operation that runs in this process: how far it has come, and how to stop it. Thread-safe.</summary>
internal sealed class LiveOperation : IDisposable
{
    private readonly CancellationTokenSource _ending;
    private readonly DateTimeOffset? _asOf;
    private Tuple<double, string> _advance = Tuple.Create(0.0, "starting");

    /// <param name="asOf">What was known then it answers from; <see langword="null"/> for the present.</param>
    /// <param name="stopping">Ends it with the process.</param>
    public LiveOperation(DateTimeOffset? asOf, CancellationToken stopping) =>
        (_asOf, _ending) = (asOf, CancellationTokenSource.CreateLinkedTokenSource(stopping));

    /// <summary>Is cancelled when it is to end.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>The share done, and what is being done.</summary>
    public (double Share, string Phase) Progress => Volatile.Read(ref _advance) is var (share, phase) ? (share, phase) : default;

    /// <summary>How its computation is run.</summary>
    public ComputationRun Run() =>
        new(
            _asOf,
            advance =>
            {
                Volatile.Write(ref _advance, Tuple.Create(ComputationRun.OfComputing(advance.Share), advance.Phase));
                return Task.CompletedTask;
            },
            new PhaseProgress("reading", advance =>
                Volatile.Write(ref _advance, Tuple.Create(ComputationRun.OfReading(advance.Share), advance.Phase))
            )
        );

    /// <summary>Stops it.</summary>
    public void Cancel() => _ending.Cancel();

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();
}

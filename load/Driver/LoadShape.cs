namespace EarlyWarning.Driver;

/// <summary>What is sent.</summary>
/// <param name="Seconds">How long throughput is measured.</param>
/// <param name="Warmup">How long it is warmed up before, in seconds.</param>
/// <param name="Countries">How many countries report.</param>
/// <param name="Indicators">How many indicators each reports.</param>
/// <param name="Batch">Observations in a batch.</param>
/// <param name="Streams">Streams open at once.</param>
/// <param name="InFlight">Unanswered batches on each stream.</param>
/// <param name="Breaches">Breaches timed on their way to the webhook.</param>
/// <param name="Late">How many of a hundred observations come late in a second run; 0 for no second run.</param>
public sealed record LoadShape(
    int Seconds,
    int Warmup,
    int Countries,
    int Indicators,
    int Batch,
    int Streams,
    int InFlight,
    int Breaches,
    int Late
);

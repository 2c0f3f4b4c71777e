namespace EarlyWarning.Scoring.Computing;

/// <summary>How a computation is run.</summary>
/// <param name="AsOf">Answers from what was known then; <see langword="null"/> for what is known when it reads.</param>
/// <param name="OnAdvance">
/// Is told how far the computing that follows the reading has come, one report after the other; <see langword="null"/> where nobody asks.
/// </param>
/// <param name="Reading">Is told the share of the data that has been read, from any thread; <see langword="null"/> where nobody
/// asks.</param>
/// <param name="Mark">The request's mark, under which the answer is kept with what the computation writes; empty where it has no
/// id.</param>
internal sealed record ComputationRun(
    DateTimeOffset? AsOf = null,
    Func<ComputationProgress, Task>? OnAdvance = null,
    IProgress<double>? Reading = null,
    string Mark = ""
)
{
    /// <summary>The share of the work that reading counts for.</summary>
    private const double ReadingShare = 0.1;

    /// <summary>A call whose caller waits for the answer alone.</summary>
    public static ComputationRun Direct { get; } = new();

    /// <summary>The share of the whole that is done with a share of the reading.</summary>
    public static double OfReading(double share) => ReadingShare * share;

    /// <summary>The share of the whole that is done with a share of the computing that follows.</summary>
    public static double OfComputing(double share) => ReadingShare + ((1 - ReadingShare) * share);
}

using EarlyWarning.Scoring.Computing;
using EarlyWarning.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Scoring.Values;

/// <summary>Which state of the countries is asked for.</summary>
/// <param name="At">Where validity is measured; <see langword="null"/> for now, or for <paramref name="AsOf"/> where that is given.</param>
/// <param name="AsOf">What was known then; <see langword="null"/> for everything that is known now.</param>
internal readonly record struct Moment(DateTimeOffset? At, DateTimeOffset? AsOf)
{
    /// <summary>The present state.</summary>
    public static Moment Now { get; }

    /// <summary>Whether it is the present state.</summary>
    public bool IsNow => At is null && AsOf is null;

    /// <summary>Reads a moment.</summary>
    public static Moment Of(Timestamp? at) => new(RequestFilters.Time("at", at), null);

    /// <summary>Reads a moment, of which a run may know what was known at its own.</summary>
    public static Moment Of(Timestamp? at, ComputationRun run) => new(RequestFilters.Time("at", at), run.AsOf);

    /// <summary>
    /// Reads a moment and what is to have been known then, which cannot lie ahead; where none is named, what a run may know.
    /// </summary>
    public static Moment Of(Timestamp? at, Timestamp? asOf, ComputationRun run, DateTimeOffset now) =>
        new(RequestFilters.Time("at", at), RequestFilters.AsOf(asOf, now) ?? run.AsOf);

    /// <summary>Reads a moment and what is to have been known then, which cannot lie ahead.</summary>
    public static Moment Of(Timestamp? at, Timestamp? asOf, DateTimeOffset now) =>
        new(RequestFilters.Time("at", at), RequestFilters.AsOf(asOf, now));
}

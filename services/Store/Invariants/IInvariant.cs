using EarlyWarning.Store.Faults;

namespace EarlyWarning.Store.Invariants;

/// <summary>
/// Something that always holds of what is stored, whatever was killed in between. Checked while the suite runs; changes nothing.
/// </summary>
/// <remarks>
/// One for the process, asked whenever somebody has the store checked, so that checks may overlap, and while writers go on: what is read in
/// several steps must hold although there are commits between them. Thread-safe.
/// </remarks>
public interface IInvariant
{
    /// <summary>What holds, in a sentence.</summary>
    string Promise { get; }

    /// <summary>Looks whether it does.</summary>
    /// <exception cref="StoreUnavailableException">The store does not answer.</exception>
    Task<InvariantCheck> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Looked">How many things were looked at.</param>
/// <param name="Violations">Where it does not hold, in words that name the thing; at most <see cref="Most"/>.</param>
public sealed record InvariantCheck(long Looked, IReadOnlyList<string> Violations)
{
    /// <summary>How many violations are named.</summary>
    public const int Most = 100;
}

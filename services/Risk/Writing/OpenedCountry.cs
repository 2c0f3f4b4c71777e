using EarlyWarning.Risk.States;

namespace EarlyWarning.Risk.Writing;

/// <summary>A country from its opening until it is given up, which nothing of it outlasts.</summary>
/// <param name="State">Its state.</param>
/// <param name="Writer">Who changes it; <see langword="null"/> where it is at fault and takes nothing in.</param>
/// <param name="Past">What its journal has of observations; <see langword="null"/> where it is at fault.</param>
/// <param name="Fault">What is wrong; <see langword="null"/> where nothing is.</param>
/// <param name="Snapshots">Keeps its state.</param>
/// <param name="OpenedAt">When it was opened, by the monotonic clock.</param>
internal sealed record OpenedCountry(
    CountryState State,
    CountryWriter? Writer,
    IDisposable? Past,
    string? Fault,
    SnapshotKeeper Snapshots,
    long OpenedAt
) : IDisposable
{
    public void Dispose() => Past?.Dispose();
}

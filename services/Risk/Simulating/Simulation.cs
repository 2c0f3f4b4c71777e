using EarlyWarning.Scoring.Engine.Uncertainty;

namespace EarlyWarning.Risk.Simulating;

/// <summary>How sure a score was at a position of the country's journal.</summary>
/// <param name="Position">The position that the simulated state includes.</param>
/// <param name="Distribution">What the draws gave.</param>
internal sealed record Simulation(long Position, CountryDistribution Distribution);

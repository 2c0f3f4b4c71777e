namespace EarlyWarning.Scoring.Engine.Models;

/// <summary>One risk level: it holds from its lower bound up to the next band's.</summary>
/// <param name="Name">What people call the level.</param>
/// <param name="LowerBound">The lowest score of the level, on the framework's own scale.</param>
public sealed record Band(string Name, double LowerBound);

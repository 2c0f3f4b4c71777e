using EarlyWarning.Driver.Activities;

namespace EarlyWarning.Driver.Scenarios;

/// <summary>What is put on a suite at once, and what it must hold.</summary>
/// <param name="Name">What it is called by on the command line.</param>
/// <param name="Says">What it is, in a sentence.</param>
/// <param name="Flows">What goes on at the same time.</param>
/// <param name="Limits">What must hold; each that does not fails the run.</param>
internal sealed record Scenario(string Name, string Says, IReadOnlyList<Flow> Flows, IReadOnlyList<Limit> Limits)
{
    /// <summary>How long is measured.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it runs before that, unmeasured.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many countries report; 0 for all that the suite knows.</summary>
    public int Countries { get; init; } = 40;

    /// <summary>How many indicators each reports.</summary>
    public int Indicators { get; init; } = 150;

    /// <summary>Beside the suite a bare gRPC echo of the same messages is measured, before and after.</summary>
    public bool BesideEcho { get; init; }

    /// <summary>The rate rises until the suite gives way: the report names where.</summary>
    public bool SeeksKnee { get; init; }
}

/// <summary>Many callers who do the same.</summary>
/// <param name="Name">What it is called in reports and limits.</param>
/// <param name="Unit">What a call carries: observations, answers, warnings, changes.</param>
/// <param name="Profile">When calls begin.</param>
/// <param name="Begin">Makes what a call does.</param>
internal sealed record Flow(string Name, string Unit, Profile Profile, Func<Workbench, IActivity> Begin)
{
    /// <summary>A call waits for something to happen, so its latency says nothing of the suite.</summary>
    public bool Waits { get; init; }
}

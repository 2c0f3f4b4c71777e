namespace EarlyWarning.Escalation;

/// <summary>How cases climb.</summary>
public sealed class EscalationOptions
{
    /// <summary>
    /// The ladder's YAML file. Default: empty, which takes <c>ladder.yaml</c> in the suite's data folder, or the built-in ladder where
    /// there is none.
    /// </summary>
    public string LadderFile { get; set; } = "";

    /// <summary>How many changes of cases a watch can go back. Default: 100,000; at least 1.</summary>
    public int WatchRetention { get; set; } = 100_000;
}

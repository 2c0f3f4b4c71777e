using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EarlyWarning.Escalation;

/// <summary>How cases climb.</summary>
public sealed class EscalationOptions
{
    /// <summary>
    /// The ladder's YAML file. Default: empty, which takes <c>ladder.yaml</c> in the suite's data folder, or the built-in ladder where
    /// there is none.
    /// </summary>
    [Browsable(false)]
    public string LadderFile { get; set; } = "";

    /// <summary>How many changes of cases a watch can go back. Default: 100,000; 1 to 10,000,000.</summary>
    [Range(1, 10_000_000)]
    public int WatchRetention { get; set; } = 100_000;
}

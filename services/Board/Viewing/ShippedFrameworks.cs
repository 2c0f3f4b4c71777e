namespace EarlyWarning.Board.Viewing;

/// <summary>The ids of the frameworks that the suite ships: two readings of a country, of which one is meant where none is named.</summary>
internal static class ShippedFrameworks
{
    /// <summary>The default: the risk of atrocity crimes.</summary>
    public const string Risk = "atrocity-crimes";

    /// <summary>What is wanting of resilience, which stands beside a risk.</summary>
    public const string Resilience = "lack-of-resilience";
}

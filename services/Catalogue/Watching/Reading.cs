namespace EarlyWarning.Catalogue.Watching;

/// <summary>What a threshold's condition comes to in a state.</summary>
public enum Reading
{
    /// <summary>Too little data, or not sure enough: neither starts, fires nor resolves.</summary>
    Unknown = 0,

    /// <summary>Holds.</summary>
    Met,

    /// <summary>Does not hold, but has not been passed back far enough to resolve.</summary>
    NotMet,

    /// <summary>Has been passed back.</summary>
    Cleared,
}

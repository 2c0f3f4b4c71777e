namespace EarlyWarning.Scoring.Engine.Watching;

/// <summary>Where a watch goes from where it stands.</summary>
public enum WatchStep
{
    /// <summary>It stays.</summary>
    Stay = 0,

    /// <summary>Its condition has begun to hold, and must hold for a while: from inactive to pending.</summary>
    Wait,

    /// <summary>Its condition was lost while it waited: from pending to inactive.</summary>
    Drop,

    /// <summary>It fires: from inactive or pending.</summary>
    Fire,

    /// <summary>Its condition was passed back: from firing to inactive.</summary>
    Resolve,
}

namespace EarlyWarning.TestKit;

/// <summary>What becomes of an append.</summary>
public enum Fate
{
    /// <summary>It is made and confirmed.</summary>
    Appends = 0,

    /// <summary>It is not made, and fails.</summary>
    FailsBefore,

    /// <summary>It is made, and fails all the same: the answer was lost.</summary>
    FailsAfter,
}

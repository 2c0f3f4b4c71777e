namespace EarlyWarning.Risk.Thresholds;

/// <summary>What an input is, as far as thresholds are concerned.</summary>
internal enum InputKind
{
    /// <summary>News of now.</summary>
    Live = 0,

    /// <summary>History, which warns of nothing by itself.</summary>
    Backfill,

    /// <summary>Time alone.</summary>
    Tick,

    /// <summary>A new catalogue.</summary>
    Catalogue,
}

using EarlyWarning.Yaml;

namespace EarlyWarning.Catalogue.Files;

/// <summary>What a file says, in the contract's own messages.</summary>
/// <param name="Name">The file, as the user knows it.</param>
/// <param name="Indicators">The indicators that it defines.</param>
/// <param name="Framework">The framework; <see langword="null"/> in a file of indicators or thresholds alone.</param>
/// <param name="Thresholds">The thresholds.</param>
/// <param name="Places">Where in the file each field stands; thresholds under <c>thresholds[i]</c>.</param>
public sealed record FrameworkFile(
    string Name,
    IReadOnlyList<V1.Indicator> Indicators,
    V1.Framework? Framework,
    IReadOnlyList<V1.Threshold> Thresholds,
    Places Places
);

using EarlyWarning.V1;
using static EarlyWarning.Board.Language.Words;

namespace EarlyWarning.Board.Thresholds;

/// <summary>Says whether a threshold is watched.</summary>
internal static class ThresholdState
{
    public static string Of(Threshold threshold) =>
        threshold.RetireTime is not null ? Say("threshold.retired")
        : threshold.Disabled ? Say("threshold.disabled")
        : Say("threshold.on");
}

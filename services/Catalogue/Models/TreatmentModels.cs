using EarlyWarning.Scoring.Engine.Models;

namespace EarlyWarning.Catalogue.Models;

/// <summary>Turns a treatment of outliers into the engine's.</summary>
internal static class TreatmentModels
{
    private const int UsualPoints = 5;

    /// <summary>Turns a treatment whose method is given.</summary>
    public static Treatment Treatment(V1.Treatment given) =>
        given.MethodCase switch
        {
            V1.Treatment.MethodOneofCase.Winsorise => new Winsorisation(PointsOf(given.Winsorise), given.Winsorise.Always)
            {
                Test = TestOf(given.Winsorise.Test),
            },
            V1.Treatment.MethodOneofCase.Log => new LogTransform(FormOf(given.Log.Form)),
            V1.Treatment.MethodOneofCase.BoxCox => new BoxCox(given.BoxCox.Lambda, !given.BoxCox.Unshifted),
            _ => Course(given.SkewDriven),
        };

    private static SkewDriven Course(V1.SkewDriven given)
    {
        var usual = new SkewDriven();
        return usual with
        {
            First = given.First is { } first ? Treatment(first) : usual.First,
            Second =
                given.FirstOnly ? null
                : given.Second is { } second ? Treatment(second)
                : usual.Second,
            Combine = given.Combine,
            Test = TestOf(given.Test),
        };
    }

    private static int? PointsOf(V1.Winsorisation given) =>
        !given.HasMaximumPoints ? UsualPoints
        : given.MaximumPoints == 0 ? null
        : given.MaximumPoints;

    private static LogForm FormOf(V1.LogForm form) =>
        form switch
        {
            V1.LogForm.ShiftedBySkew => LogForm.ShiftedBySkew,
            V1.LogForm.ShiftedByOne => LogForm.ShiftedByOne,
            V1.LogForm.InnovationIndex => LogForm.InnovationIndex,
            _ => LogForm.Shifted,
        };

    private static ShapeTest TestOf(V1.ShapeTest? given)
    {
        var usual = new ShapeTest();
        return given is null
            ? usual
            : new(given.HasSkewness ? given.Skewness : usual.Skewness, given.HasKurtosis ? given.Kurtosis : usual.Kurtosis);
    }
}

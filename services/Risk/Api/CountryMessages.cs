using EarlyWarning.Catalogue.States;

namespace EarlyWarning.Risk.Api;

/// <summary>Shows countries to callers.</summary>
internal static class CountryMessages
{
    public static V1.Country Of(CountryInfo country) =>
        new()
        {
            Code = country.Code,
            DisplayName = country.Name,
            Codes = { country.Codes.Select(Of) },
            Years = { country.Years.Select(Of) },
            Successors = { country.Successors },
            Predecessors = { country.Predecessors },
        };

    private static V1.CountryCode Of(CountryCode code) =>
        new()
        {
            System = code.System,
            Value = code.Value,
            Years = code.Years == YearSpan.Unbounded ? null : Of(code.Years),
        };

    private static V1.YearSpan Of(YearSpan span)
    {
        var years = new V1.YearSpan();
        if (span.First != int.MinValue)
        {
            years.FirstYear = span.First;
        }

        if (span.Last != int.MaxValue)
        {
            years.LastYear = span.Last;
        }

        return years;
    }
}

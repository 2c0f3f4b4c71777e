namespace EarlyWarning.Risk.Countries;

/// <summary>
/// How many series a country may have: memory holds each for ever, so a name of a source that is misspelt, or made anew for each
/// observation, must not add to them without end. Asked of what comes in; a journal is folded whatever it holds.
/// </summary>
internal sealed class SeriesLimits(RiskOptions options)
{
    /// <summary>
    /// Says why a series that is not in the table yet may not be added, and what to do; <see langword="null"/> where it may.
    /// </summary>
    public (string Field, string Message)? Refusal(in ObservationRow row, SeriesTable table)
    {
        if (row.Series!.IsAdmitted)
        {
            return null;
        }

        if (table.TryGet(row.Indicator, out var indicator))
        {
            var source = row.Source;
            if (indicator.Sources.Count() >= options.MaxSources && !indicator.Sources.Contains(source, StringComparer.Ordinal))
            {
                return (
                    "source",
                    $"The country has {options.MaxSources} sources of {row.Indicator}, the most that are kept, and '{source}' would be one "
                        + $"more. Name each source always the same, without dates, numbers or ids of single reports; ListObservations "
                        + $"shows the names in use."
                );
            }

            if (row.Horizon != 0 && indicator.Horizons.Count() >= options.MaxHorizons && !indicator.Horizons.Contains(row.Horizon))
            {
                return (
                    "horizon",
                    $"The country has forecasts of {row.Indicator} at {options.MaxHorizons} horizons, the most that are kept, and "
                        + $"{new TimeSpan(row.Horizon)} would be "
                        + "one more. Forecast always the same spans ahead, such as 30 and 90 days, and not a moment in the calendar."
                );
            }
        }

        return table.Count < options.MaxSeries
            ? null
            : (
                "source",
                $"The country has {options.MaxSeries} series (indicators by source and horizon), the most that are kept. "
                    + "Send under indicators, sources and horizons that are in use; ListObservations shows them."
            );
    }
}

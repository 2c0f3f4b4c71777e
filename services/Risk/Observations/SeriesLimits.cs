namespace EarlyWarning.Risk.Observations;

/// <summary>
/// How many series a country may have: memory holds each for ever, so a name of a source that is misspelt, or made anew for each
/// observation, must not add to them without end. Asked of what comes in; a journal is folded whatever it holds.
/// </summary>
/// <param name="Sources">How many sources an indicator may have.</param>
/// <param name="Horizons">How many horizons the forecasts of an indicator may have.</param>
/// <param name="Series">How many series there may be in all.</param>
internal sealed record SeriesLimits(int Sources, int Horizons, int Series)
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
            if (indicator.Sources.Count() >= Sources && !indicator.Sources.Contains(source, StringComparer.Ordinal))
            {
                return (
                    "source",
                    $"The country has {Sources} sources of {row.Indicator}, the most that are kept, and '{source}' would be one more. "
                        + "Name each source always the same, without dates, numbers or ids of single reports; ListObservations shows the "
                        + "names in use."
                );
            }

            if (row.Horizon != 0 && indicator.Horizons.Count() >= Horizons && !indicator.Horizons.Contains(row.Horizon))
            {
                return (
                    "horizon",
                    $"The country has forecasts of {row.Indicator} at {Horizons} horizons, the most that are kept, and "
                        + $"{new TimeSpan(row.Horizon)} would be one more. Forecast always the same spans ahead, such as 30 and 90 days, "
                        + "and not a moment in the calendar."
                );
            }
        }

        return table.Count < Series
            ? null
            : (
                "source",
                $"The country has {Series} series (indicators by source and horizon), the most that are kept. "
                    + "Send under indicators, sources and horizons that are in use; ListObservations shows them."
            );
    }
}

namespace EarlyWarning.Risk.Countries;

/// <content>A state of the past, which decides nothing.</content>
internal sealed partial class CountryState
{
    public void ApplyPast(ObservationRow row, long position)
    {
        var series = Series.Get(row.Indicator).Get(row.Source, row.Horizon);
        if (series.Apply(row, position) && row.Horizon == 0)
        {
            series.Indicator.Choose(series);
        }
    }

    public void ScorePast(long at, long revision)
    {
        Clock = at;
        if (revision > 0)
        {
            Adopt(_catalogueAt(revision));
        }
    }
}

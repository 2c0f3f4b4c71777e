using EarlyWarning.Risk.Observations;

namespace EarlyWarning.Risk.States;

/// <content>A state of the past, which decides nothing.</content>
internal sealed partial class CountryState
{
    public void ApplyPast(ObservationRow row, long position) => Series.ApplyPast(row, position);

    public void ScorePast(long at, long revision)
    {
        Clock = at;
        if (revision > 0)
        {
            Adopt(_catalogueAt(revision));
        }
    }
}

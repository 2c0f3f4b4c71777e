using EarlyWarning.Catalogue;
using EarlyWarning.Risk.Observations;
using EarlyWarning.Risk.Thresholds;

namespace EarlyWarning.Risk.States;

/// <summary>Makes states of countries of which nothing is applied yet. Thread-safe.</summary>
internal sealed class StateFactory(ICatalogue catalogue, BreachAuthor author)
{
    /// <summary>The catalogue under which they are scored.</summary>
    public ICatalogue Catalogue => catalogue;

    /// <summary>Makes a state to fold a journal into.</summary>
    public CountryState New(string country, int resendWindow = ResendWindow.Capacity) => new(country, catalogue.At, author, resendWindow);

    /// <summary>Makes the present state of a country of which nothing is recorded.</summary>
    public CountryState Unrecorded(string country, long now)
    {
        var state = New(country);
        state.ScorePast(now, catalogue.Current.Revision);
        return state;
    }
}

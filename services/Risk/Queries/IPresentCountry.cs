using EarlyWarning.Risk.States;
using EarlyWarning.Store.Faults;

namespace EarlyWarning.Risk.Queries;

/// <summary>Where a query finds a country as it is now.</summary>
internal interface IPresentCountry
{
    /// <summary>Its code.</summary>
    string Code { get; }

    /// <summary>It cannot be folded further, and shows its last good state.</summary>
    bool IsFaulty { get; }

    /// <summary>
    /// Gets the state of now: on the disk, and with everything decided that time has changed. It goes on with the next input, so what is
    /// said of it is said without waiting in between.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Its journal cannot be read now.</exception>
    Task<CountryState> StateAsync();
}

namespace EarlyWarning.Contracts.Countries;

/// <summary>The countries of which anything is recorded. Key: 0.</summary>
/// <remarks>Called by rankings and by whoever lists countries. Each process has activations of its own, which read the store.</remarks>
public interface ICountryRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Lists their codes in order. A country is in it before its first observation is acknowledged.</summary>
    Task<IReadOnlyList<string>> ListAsync();
}

namespace EarlyWarning.Contracts.Countries;

/// <summary>The countries of which anything is recorded. Key: 0.</summary>
public interface ICountryRegisterGrain : IGrainWithIntegerKey
{
    /// <summary>Lists their codes in order. A country is in it before its first observation is acknowledged.</summary>
    Task<IReadOnlyList<string>> ListAsync();
}

using EarlyWarning.Catalogue.States;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;

namespace EarlyWarning.Scoring.Values;

/// <summary>Says which countries a computation is about: those that a request names, or all of which anything is recorded.</summary>
internal sealed class CountryChoice(IGrainFactory grains, Suite suite)
{
    private readonly Countries _countries = Countries.For(suite.Exercise);

    /// <summary>Gets the countries that the suite knows.</summary>
    public Countries All => _countries;

    /// <summary>Whether the suite knows the country.</summary>
    public bool Knows(string country) => _countries.TryGet(country, out _);

    /// <summary>The name of a country for people.</summary>
    public string NameOf(string country) => _countries.TryGet(country, out var known) ? known.Name : country;

    /// <summary>Checks the countries that a request names.</summary>
    /// <exception cref="Grpc.Core.RpcException">One is unknown, or there twice.</exception>
    public IReadOnlyList<string> Named(IReadOnlyList<string> named, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < named.Count; i++)
        {
            if (!Knows(named[i]))
            {
                throw Unknown(named[i], $"{field}[{i}]");
            }

            if (!seen.Add(named[i]))
            {
                throw Fault.Field(V1.ErrorReason.InvalidField, $"{field}[{i}]", $"{named[i]} is there twice. Leave one out.");
            }
        }

        return named;
    }

    /// <summary>The error for a country that the suite does not know.</summary>
    public static Grpc.Core.RpcException Unknown(string country, string field) =>
        Fault.Field(
            V1.ErrorReason.UnknownCountry,
            field,
            $"'{country}' is not a country that the suite knows. Use ISO 3166-1 alpha-3.",
            Grpc.Core.StatusCode.InvalidArgument,
            ("country", country)
        );

    /// <summary>Gets every country of which anything is recorded, by code: whatever was acknowledged before the call counts.</summary>
    public async Task<IReadOnlyList<string>> WithDataAsync(CancellationToken cancellationToken) =>
        await grains.GetGrain<ICountryRegisterGrain>(0).ListAsync().WaitAsync(cancellationToken);
}

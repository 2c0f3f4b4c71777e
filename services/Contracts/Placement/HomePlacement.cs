using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Placement;

namespace EarlyWarning.Contracts.Placement;

/// <summary>
/// Places a grain at its home: of the silos that could have it the one that a hash of both chooses. Every silo chooses the same one, so
/// that a directory that has lost an entry leads there again; grains are spread evenly however many are opened at once, before any load is
/// known; and where a silo comes or
/// goes, those alone move that were, or will be, its own.
/// </summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking]
public sealed class HomePlacement : PlacementStrategy
{
    /// <summary>Chooses a grain's home.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="silos">The silos that could have it; at least one.</param>
    public static SiloAddress Of(GrainId grain, IEnumerable<SiloAddress> silos)
    {
        ArgumentNullException.ThrowIfNull(silos);
        return silos.MaxBy(silo => (Weight(grain, silo), silo.Generation))!;
    }

    // A silo that was started anew where it was has its former grains again.
    private static UInt128 Weight(GrainId grain, SiloAddress silo)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{grain} {silo.Endpoint}")));
        return new(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash, sizeof(ulong)));
    }
}

/// <summary>Marks grains that are placed at their home.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HomePlacementAttribute() : PlacementAttribute(new HomePlacement());

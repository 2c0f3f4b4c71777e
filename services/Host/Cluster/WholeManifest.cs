using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orleans.Metadata;

namespace EarlyWarning.Host.Cluster;

/// <summary>
/// Knows the grains of every service, whichever run now: a grain whose service runs nowhere yet, or is not seen yet, has its name and its
/// properties, so that only calling it fails, and nobody has to wait with asking for it. Where a grain may be is what the silos themselves
/// say.
/// </summary>
/// <param name="inner">What the silos say.</param>
/// <param name="types">Names the grains.</param>
/// <param name="properties">What there is to say of a grain.</param>
internal sealed class WholeManifest(
    IClusterManifestProvider inner,
    GrainTypeResolver types,
    IEnumerable<IGrainPropertiesProvider> properties
) : IClusterManifestProvider
{
    private readonly GrainManifest _all = new(
        GrainServices.Classes.ToImmutableDictionary(types.GetGrainType, type => Describe(type, types, properties)),
        ImmutableDictionary<GrainInterfaceType, GrainInterfaceProperties>.Empty
    );
    private Tuple<ClusterManifest, ClusterManifest>? _last;

    /// <inheritdoc />
    public ClusterManifest Current => Complete(inner.Current);

    /// <inheritdoc />
    public IAsyncEnumerable<ClusterManifest> Updates => CompleteAsync();

    /// <inheritdoc />
    public GrainManifest LocalGrainManifest => inner.LocalGrainManifest;

    /// <summary>Puts it before the one that a silo has of itself.</summary>
    public static void AddTo(IServiceCollection services)
    {
        var own = services.Last(service => service.ServiceType == typeof(IClusterManifestProvider)).ImplementationFactory!;
        services.AddSingleton<IClusterManifestProvider>(provider => new WholeManifest(
            (IClusterManifestProvider)own(provider),
            provider.GetRequiredService<GrainTypeResolver>(),
            provider.GetServices<IGrainPropertiesProvider>()
        ));
    }

    private static GrainProperties Describe(Type type, GrainTypeResolver types, IEnumerable<IGrainPropertiesProvider> properties)
    {
        Dictionary<string, string> said = new(StringComparer.Ordinal);
        foreach (var provider in properties)
        {
            provider.Populate(type, types.GetGrainType(type), said);
        }

        return new(said.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private ClusterManifest Complete(ClusterManifest seen)
    {
        // Asked for at each call of a grain.
        var last = _last;
        if (!ReferenceEquals(last?.Item1, seen))
        {
            _last = last = Tuple.Create(seen, new ClusterManifest(seen.Version, seen.Silos, seen.AllGrainManifests.Add(_all)));
        }

        return last!.Item2;
    }

    private async IAsyncEnumerable<ClusterManifest> CompleteAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var manifest in inner.Updates.WithCancellation(cancellationToken))
        {
            yield return Complete(manifest);
        }
    }
}

using EarlyWarning.EndToEnd.Tests.Infrastructure;

namespace EarlyWarning.EndToEnd.Tests.Partners;

/// <summary>
/// One suite for all that partners in any language rely on, told of a name and of a page that may call it; with one indicator defined.
/// </summary>
public sealed class PartnerSuite : IAsyncLifetime
{
    public const string Name = "partners";
    public const string Host = "ew.example.org";
    public const string Origin = "https://desk.example.org";

    private readonly TemporaryFolder _folder = new();

    public SuiteProcess Suite { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Suite = SuiteProcess.In(_folder.Path);
        Assert.True(await Suite.StartAsync(null, "--host", Host, "--origin", Origin), Suite.Output);
        Http.BaseAddress = Suite.Http;
        await Definitions.DefineOneAsync(Suite.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Suite.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Shares the suite among the classes that only call it.</summary>
[CollectionDefinition(PartnerSuite.Name)]
public sealed class SharedPartnerSuite : ICollectionFixture<PartnerSuite>;

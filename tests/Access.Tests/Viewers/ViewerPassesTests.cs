using System.Net;
using EarlyWarning.Access.Keys;
using EarlyWarning.Access.Tests.Infrastructure;
using EarlyWarning.Access.Viewers;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.ServiceDefaults.Pages;
using EarlyWarning.ServiceDefaults.Tests.Infrastructure;
using EarlyWarning.TestKit;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EarlyWarning.Access.Tests.Viewers;

/// <summary>The suite's own pages call in the name of whoever looks at them, and nobody else can.</summary>
public sealed class ViewerPassesTests : IAsyncLifetime
{
    private static readonly AccessRule s_anybody = new() { Permission = Permission.Connect, Concern = Concern.None };
    private readonly TemporaryFolder _folder = new();
    private readonly SmallServer _server = new();
    private ApiKeys _keys = null!;
    private KeyFile _file = null!;
    private string _key = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _file = new(_folder.In("keys.json"), TimeProvider.System);
        (_, _key) = await _file.AddAsync(
            "amina",
            [new(AccessRole.FocalPoint, ["KEN"], "", ["recipients/focal-point-ken"])],
            expires: null,
            CancellationToken.None
        );
        _keys = new(_file);
        await _server.StartAsync(keys: _keys, sessions: _folder.In("sessions"), map: Map);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Pass_OfAPage_WithTheSuitesOwnKey_NamesTheViewerAndWhatTheyMay()
    {
        var pass = await GetAsync("/page", _key);

        Assert.Equal("amina", await GetAsync("/who", _keys.OwnKey, pass));
        Assert.Equal("amina: FocalPoint of KEN as recipients/focal-point-ken", await GetAsync("/viewer", _key));
    }

    [Fact]
    public async Task Pass_WithAnotherKey_IsNotLookedAt_AndTheSuiteWithoutOneIsItself()
    {
        var pass = await GetAsync("/page", _key);
        var (_, other) = await _file.AddAsync("bela", Any.Roles, expires: null, CancellationToken.None);
        _keys.Look();

        Assert.Equal("bela", await GetAsync("/who", other, pass));
        Assert.Equal("suite", await GetAsync("/who", _keys.OwnKey));
    }

    [Theory]
    [InlineData("")]
    [InlineData("made up")]
    public async Task Pass_ThatTheSuiteDidNotMake_IsRefusedAndNeverTheSuiteItself(string pass)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/who", _keys.OwnKey, pass)).Code);
    }

    [Fact]
    public async Task Pass_OfAKeyThatWasRemoved_IsRefused()
    {
        var pass = await GetAsync("/page", _key);
        await _file.RemoveAsync("amina", null, CancellationToken.None);
        _keys.Look();

        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/who", _keys.OwnKey, pass)).Code);
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/page", (HttpContext context) => ViewerPasses.Of(context.User))
            .WithMetadata(new BrowserPage(IsOpened: true), s_anybody);
        app.MapGet("/viewer", (HttpContext context, IViewers viewers) =>
            {
                var viewer = viewers.Find(context.User);
                var reach = string.Join(", ", viewer.Reach(Permission.WarningRead)!);
                return $"{viewer.Name}: {string.Join(", ", viewer.Roles)} of {reach} as "
                    + string.Join(
                        ", ",
                        viewer.AnswersAs(Permission.CaseAcknowledge, "KEN").Concat(viewer.AnswersAs(Permission.CaseAcknowledge, "UGA"))
                    );
            })
            .WithMetadata(new BrowserPage(IsOpened: true), s_anybody);
    }

    private async Task<string> GetAsync(string path, string key, string? pass = null)
    {
        var (code, body) = await SendAsync(path, key, pass);
        Assert.Equal(HttpStatusCode.OK, code);
        return body;
    }

    private async Task<(HttpStatusCode Code, string Body)> SendAsync(string path, string key, string? pass)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Add("authorization", $"Bearer {key}");
        if (pass is not null)
        {
            request.Headers.Add(IViewer.PassKey, pass);
        }

        using var answer = await _server.Http.SendAsync(request, Cancel);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }
}

using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Cases;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Cases;

public sealed class CasePageTests : PageContext
{
    private readonly AnsweringCalls _calls = new();

    public CasePageTests()
    {
        Services.AddSingleton(new SuiteClient(_calls));
        Services.AddSingleton<CaseFiles>();
        SetRendererInfo(new RendererInfo("Server", true));
    }

    [Fact]
    public void Page_LedOnToACaseThatIsNone_ShowsNothingOfTheOneBefore()
    {
        _calls.With("Trace", () =>
            _calls.Last<TraceRequest>().Id == "cases/AAA-1"
                ? new TraceResponse { Cases = { Known.Case("AAA") } }
                : throw new RpcException(new(StatusCode.NotFound, "There is none."))
        );
        var id = "AAA-1";
        var sight = Known.Sight(Known.State());
        var page = Render<CascadingValue<EarlyWarning.Board.Viewing.Sight>>(cascade =>
            cascade
                .Add(one => one.Value, sight)
                .Add(
                    one => one.ChildContent,
                    builder =>
                    {
                        builder.OpenComponent<CasePage>(0);
                        builder.AddComponentParameter(1, nameof(CasePage.Id), id);
                        builder.CloseComponent();
                    }
                )
        );
        page.WaitForAssertion(() => Assert.Contains("High risk", page.Find("h1").TextContent, StringComparison.Ordinal));

        id = "BBB-9";
        Look(page, sight with { Now = Known.Now.AddSeconds(1) });

        page.WaitForAssertion(() => Assert.Contains("There is no case", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("High risk", page.Markup, StringComparison.Ordinal);
    }
}

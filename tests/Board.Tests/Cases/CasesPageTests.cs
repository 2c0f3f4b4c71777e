using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Cases;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.V1;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Cases;

public sealed class CasesPageTests : PageContext
{
    private readonly AnsweringCalls _calls = new();

    public CasesPageTests()
    {
        Services.AddSingleton(new SuiteClient(_calls));
        Services.AddSingleton<CaseFiles>();
        SetRendererInfo(new RendererInfo("Server", true));
    }

    [Fact]
    public void List_OfOneCountry_AsksForItsCasesAlone_AndStaysWithItFromPageToPage()
    {
        _calls.With("ListCases", () => new ListCasesResponse
            {
                Cases = { Known.Case("AAA") },
                TotalSize = 90,
                NextPageToken = "further",
            });
        Services.GetRequiredService<NavigationManager>().NavigateTo("/cases?state=all&country=aaa");

        var page = Show<CasesPage>(Known.Sight(Known.State()));

        Assert.Equal(["AAA"], _calls.Last<ListCasesRequest>().Countries);
        Assert.Equal("/cases?state=all&country=AAA&page=further&after=1", page.Find(".tablefoot a").GetAttribute("href"));
        Assert.Equal(
            ["/cases?country=AAA", "/cases?state=closed&country=AAA", "/cases?state=all&country=AAA"],
            page.FindAll(".chips a").Select(one => one.GetAttribute("href"))
        );
        Assert.Equal("/cases?state=all", page.Find(".narrowed .btn").GetAttribute("href"));
    }
}

using Bunit;
using EarlyWarning.Board.Calls;
using EarlyWarning.Board.Tests.Infrastructure;
using EarlyWarning.Board.Thresholds;
using EarlyWarning.V1;
using Microsoft.Extensions.DependencyInjection;

namespace EarlyWarning.Board.Tests.Thresholds;

public sealed class ThresholdsPageTests : PageContext
{
    private readonly AnsweringCalls _calls = new();

    public ThresholdsPageTests() => Services.AddSingleton(new SuiteClient(_calls));

    [Fact]
    public void List_WhereMoreFiresThanOneAnswerHolds_CountsAllOfIt()
    {
        Threshold threshold = new()
        {
            Name = "thresholds/high",
            DisplayName = "High",
            Framework = "frameworks/f",
        };
        Breach breach = new() { Threshold = threshold };
        _calls
            .With("ListThresholds", () => new ListThresholdsResponse { Thresholds = { threshold } })
            .With("ListBreaches", () =>
                _calls.Last<ListBreachesRequest>().PageToken.Length == 0
                    ? new ListBreachesResponse { Breaches = { Enumerable.Repeat(breach, 500) }, NextPageToken = "next" }
                    : new ListBreachesResponse { Breaches = { Enumerable.Repeat(breach, 7) } }
            );

        var page = Show<ThresholdsPage>(Known.Sight(Known.State()));

        page.WaitForAssertion(() => Assert.Contains("507", page.Markup, StringComparison.Ordinal));
    }
}

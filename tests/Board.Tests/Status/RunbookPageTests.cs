using Bunit;
using EarlyWarning.Board.Status;
using EarlyWarning.Board.Tests.Infrastructure;

namespace EarlyWarning.Board.Tests.Status;

public sealed class RunbookPageTests : PageContext
{
    [Fact]
    public void Subjects_Each_LeadToSectionsThatAreThere_AndAnyOtherToTheOneOfWhatIsNotKnown()
    {
        Assert.All(Runbook.Subjects, subject => Assert.NotEmpty(Runbook.Of(subject)));
        Assert.Equal("EarlyWarningNotKnown", Assert.Single(Runbook.Of("a line of a later build")).Alert);
    }

    [Fact]
    public void Sections_Each_SayWhatItMeansWhatToLookAtWhatToDoAndWhomToWake()
    {
        Assert.InRange(Runbook.Sections.Count, 40, 200);
        Assert.All(Runbook.Sections, section =>
            Assert.Equal(["Means", "Look", "Do", "Wake"], section.Paragraphs.Select(paragraph => paragraph.Head))
        );
    }

    [Fact]
    public void Page_OfTheRunbook_HasItsLinksAndCommands_AndNoMarkOfTheDocument()
    {
        var page = Show<RunbookPage>(Known.Sight(Known.State()));

        Assert.All(page.FindAll(".advice a").Select(link => link.GetAttribute("href")!), href =>
            Assert.Single(page.FindAll($"[id='{href.Split('#')[1]}']"))
        );
        Assert.Contains(page.FindAll("code"), code => code.TextContent == "ew status");
        Assert.DoesNotContain("**", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("](", page.Markup, StringComparison.Ordinal);
    }
}

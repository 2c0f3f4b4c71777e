using EarlyWarning.Escalation.Cases;
using EarlyWarning.Escalation.Desk;
using EarlyWarning.Escalation.Tests.Infrastructure;
using Google.Protobuf;
using Microsoft.Extensions.Time.Testing;

namespace EarlyWarning.Escalation.Tests.Desk;

public sealed class CaseHistoryTests
{
    [Fact]
    public async Task Read_ChangesOfThePast_EqualWhatWasSentAtTheTime()
    {
        var journals = new TestStore(new FakeTimeProvider(Some.Start));
        var (fold, book) = (new CaseFold(), new CaseBook());
        foreach (var breach in new[] { Some.Breach("a"), Some.Breach("b", V1.Severity.Emergency), Some.Ended(Some.Breach("a")) })
        {
            var payload = CaseIntake.Breach(book, Some.Ladder, breach, "event", Some.Start)!.ToByteArray();
            var writer = await journals.OpenAsync(DeskWriter.JournalName, CancellationToken.None);
            var appended = await writer.AppendAsync(payload, CancellationToken.None);
            fold.Apply(book, new(appended.Position, appended.RecordedAt, payload));
        }

        Assert.Equal(book.Recent, await CaseHistory.ReadAsync(journals, book, 0, 10));
        Assert.Equal(2, Assert.Single(await CaseHistory.ReadAsync(journals, book, 1, 1)).Position);
    }
}

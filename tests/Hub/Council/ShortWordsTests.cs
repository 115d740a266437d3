using IntegrationHub.Functions.Council;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>What the document of the API keeps of a text: a whole sentence, or nothing where it says no more than the name.</summary>
public sealed class ShortWordsTests
{
    [Theory]
    [InlineData("Reasons, where it is not the one that the family asked for (s39(4)).", "Reasons, where it is not the one that the family asked for (s39(4)).")]
    [InlineData("Who is asked, reg 6(1)(b)(iv). A school is asked with its head.", "Who is asked, reg 6(1)(b)(iv).")]
    [InlineData("Decision whether to assess, with reasons; it is made within six weeks.", "Decision whether to assess, with reasons.")]
    [InlineData("For instance 330-7K3M9Q2XH4TD or HESC Rules r12.4 as the council has it.", "For instance 330-7K3M9Q2XH4TD or HESC Rules r12.4 as the council has it.")]
    [InlineData("Stages from received, advised... to issued. More.", "Stages from received, advised... to issued.")]
    [InlineData("Told on several\n    lines of the source", "Told on several lines of the source.")]
    [InlineData("What must be read: the bytes, the hash and the size, in this order.", "What must be read: the bytes, the hash and the size, in this order.")]
    [InlineData("Street, house, floor and flat, or null if nobody has said so.", "Street, house, floor and flat.")]
    public void The_first_sentence_is_kept_whole(string text, string kept) => Assert.Equal(kept, ShortWords.Of(text, ["Shape", "member"]));

    [Theory]
    [InlineData("Day it was sent.", "Notice", "sentOn")]
    [InlineData("The case officer.", "CaseState", "caseOfficer")]
    [InlineData("Requests for advice.", "CaseState", "adviceRequests")]
    [InlineData("Its day.", "Shape", "member")]
    [InlineData("Unique identifier among those of the case.", "Notice", "id")]
    [InlineData("Who was asked for advice and how that stands.", "AskedAdviser", "who")]
    [InlineData("The words before.", "LineChange", "textBefore")]
    [InlineData("", "Shape", "member")]
    public void A_text_that_says_no_more_than_its_name_is_left_out(string text, string shape, string member) => Assert.Null(ShortWords.Of(text, [shape, member]));

    [Theory]
    [InlineData("Day it was sent by post, or handed over to the family in person.", "Notice", "sentOn")]
    [InlineData("The case officer, by the id of the sign-in, where one holds it.", "Row", "holder")]
    [InlineData("UTC, to the second, when the message came.", "Notice", "at")]
    public void A_text_that_says_more_is_kept(string text, string shape, string member) => Assert.Equal(text, ShortWords.Of(text, [shape, member]));
}

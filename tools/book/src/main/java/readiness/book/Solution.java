package readiness.book;

import java.util.ArrayList;
import java.util.List;
import readiness.course.Chapter;
import readiness.course.Region;
import readiness.course.Source;
import readiness.course.Step;
import readiness.course.Workbook;

/**
 * {@code solution::step[]}: all that the step has the reader write, folded, each piece under the
 * name of its file and its place in it.
 */
final class Solution implements Expansion {
  private final Workbook workbook;
  private final Inputs inputs;

  Solution(Workbook workbook, Inputs inputs) {
    this.workbook = workbook;
    this.inputs = inputs;
  }

  @Override
  public List<String> lines(String id, String text, Place place) throws Missing {
    Step step = Listings.step(workbook, id);
    Chapter chapter = workbook.course().chapter(step);
    List<String> lines = new ArrayList<>();
    lines.add(".Solution");
    lines.add("[%collapsible.solution]");
    lines.add("======");
    int before = lines.size();
    for (String file : step.files()) {
      inputs.file(workbook.solution(chapter).resolve(file));
      Source source = workbook.source(chapter, file);
      List<Region> regions = source.regions(id);
      lines.addAll(
          Listings.blocks(workbook, source, regions.stream().map(Region::listing).toList()));
    }
    if (lines.size() == before) throw new Missing("no file of the step holds a tag '" + id + "'");
    lines.add("======");
    return lines;
  }
}
